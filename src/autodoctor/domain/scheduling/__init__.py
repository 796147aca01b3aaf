"""When mechanics work, and which appointments can be had."""
