"""Who is responsible: notes in brackets after a task, and leadership stated in running text."""
