"""The portal: what people and firms see."""
