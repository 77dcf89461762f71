"""The heart: small pure signals, combined by readable weights into links with reasons."""
