"""Everything that touches the outside, one adapter per port."""
