//! How much of a group of blocks is likely the article.

/// Words and likely words of a group of blocks.
#[derive(Clone, Copy, Default)]
pub(super) struct Mass {
    pub words: f32,
    pub likely: f32,
    pub blocks: f32,
}

impl Mass {
    pub(super) fn add(&mut self, words: f32, p: f32) {
        self.words += words;
        self.likely += words * p;
        self.blocks += 1.0;
    }

    /// The mean likelihood of the others.
    pub(super) fn others(self, words: f32, p: f32) -> f32 {
        let rest = self.words - words;
        if self.blocks > 1.0 && rest > 0.1 {
            ((self.likely - words * p) / rest).clamp(0.0, 1.0)
        } else {
            super::NONE
        }
    }
}
