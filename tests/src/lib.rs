//! Deployline.
