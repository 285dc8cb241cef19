"""The commands of ``kg``, each a module that registers itself."""
