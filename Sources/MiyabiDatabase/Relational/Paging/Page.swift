/// Some rows of a listing, in its order.
public struct Page<Row: Sendable>: Sendable {
    /// The rows.
    public var rows: [Row]
    /// Where the next page begins; nil if there is none.
    public var next: PageCursor?
}

extension Page: Equatable where Row: Equatable {}
