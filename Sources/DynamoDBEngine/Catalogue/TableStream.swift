internal import DynamoDB

/// One stream of a table: the commits whose changes it holds, and how much of each change.
///
/// A table has at most one open stream. One that is enabled again is a new one: the streams of a table follow each
/// other without overlap, so that a record's commit number tells which stream it belongs to.
struct TableStream: Equatable, Sendable {
    /// It holds what was committed after this number, which is also when it was made.
    let start: UInt64
    /// It holds what was committed up to this number, which is also when it was disabled; nil while it is open.
    var end: UInt64?
    let view: StreamViewType
    /// What ``label`` says, in milliseconds since 1970: when the stream was made, unless an older one says so too.
    let labelTime: UInt64

    /// - Parameter labelTime: nil for the time of the start.
    init(start: UInt64, end: UInt64? = nil, view: StreamViewType, labelTime: UInt64? = nil) {
        self.start = start
        self.end = end
        self.view = view
        self.labelTime = labelTime ?? start / 1000
    }

    /// When the stream was made, to the millisecond, as the end of its ARN.
    var label: String { String(timestamp(microsecondsSince1970: labelTime * 1000).dropLast(3)) }

    /// Whether a label means this stream. Until version 0.9 they had microseconds.
    func isLabelled(_ text: Substring) -> Bool {
        text == label || text == timestamp(microsecondsSince1970: start)
    }

    func arn(in table: String, region: String) -> String {
        "\(TableARN(table, region: region).text)/stream/\(label)"
    }
}

// MARK: - Stored as an item's attributes
extension TableStream {
    private enum Field {
        static let start = "start"
        static let end = "end"
        static let view = "view"
        static let labelTime = "label"
    }

    init(stored value: AttributeValue) throws(StoredDataError) {
        guard case .map(let item) = value, case .number(let start) = item[Field.start],
            let start = UInt64(exactly: start), case .string(let view) = item[Field.view],
            let view = StreamViewType(rawValue: view)
        else { throw .malformed }
        var labelTime: UInt64?
        if case .number(let number) = item[Field.labelTime] { labelTime = UInt64(exactly: number) }
        self.init(start: start, view: view, labelTime: labelTime)
        if case .number(let number) = item[Field.end] { end = UInt64(exactly: number) }
    }

    func stored() -> AttributeValue {
        var item: Item = [Field.start: .number(DecimalNumber(start)), Field.view: .string(view.rawValue)]
        if labelTime != start / 1000 { item[Field.labelTime] = .number(DecimalNumber(labelTime)) }
        if let end { item[Field.end] = .number(DecimalNumber(end)) }
        return .map(item)
    }
}
