"""The graph for language models: a Model Context Protocol server over ``kg.client``, so with the limits of HTTP."""
