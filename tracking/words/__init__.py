"""The words people see: labels of kinds, grades and directions, and the catalogue of interface texts."""
