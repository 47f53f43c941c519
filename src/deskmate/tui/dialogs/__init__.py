"""What asks for a line or shows something over a panel."""
