"""The faces: what people and machines see."""
