"""The process that speaks HTTP, made so that no client can hold a thread by being slow."""
