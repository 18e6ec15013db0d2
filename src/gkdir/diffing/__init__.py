"""Two projects, or two sets of tables → additions, changes and discontinuations, in words or as 更新记录."""
