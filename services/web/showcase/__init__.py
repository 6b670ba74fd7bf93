"""Every page in every state, from invented models: looked at by people, checked by tests.

Unit names are real, every case and figure is invented. Nothing here is read by the programs.
"""
