"""Who issued a document: the bodies before 关于 in its title."""
