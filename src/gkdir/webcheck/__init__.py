"""Addresses of other websites that a project publishes → whether they answer; only ``gkdir links`` asks."""
