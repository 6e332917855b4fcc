extension Timestamp {
    /// Milliseconds in 13 digits, as the specification writes them in sort keys: they sort as text from 1970 to 2286.
    /// A moment outside counts as the nearest inside.
    var sortKey: String {
        min(max(milliseconds, 0), 9_999_999_999_999).padded(13)
    }
}
