"""A Site → pages: one module and one view for each kind. Nothing is rendered here; ``registry`` lists the builders."""
