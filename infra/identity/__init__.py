"""Who is asking: signing keys, access tokens and their verification (danh tính).

The API trusts any OIDC issuer whose public keys lie in a JWKS file. The demo and the
tests have an issuer of their own, whose key is made for one stack and never leaves it.
"""
