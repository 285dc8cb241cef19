"""The room of categories: which clusters a group of industries holds, where a text says so."""
