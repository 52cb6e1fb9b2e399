"""Keeps and publishes what the Centre must and wants to say."""
