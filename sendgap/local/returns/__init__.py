"""Local returns: templates, reading, and checking of every row before anything is counted.

``kinds`` says what each kind of file holds (``data/catalogue/returns.yaml``), ``template``
writes an empty one, ``read`` takes a file as text, ``check`` gives clean values and every
problem by row, and ``problems`` tells them.
"""
