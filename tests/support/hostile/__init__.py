"""Files that somebody sends to do harm, made here: none of them is kept in the repository."""
