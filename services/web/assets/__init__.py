"""The page assets: own CSS and script, and what npm brings, made into three hashed files."""
