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

    init(start: UInt64, end: UInt64? = nil, view: StreamViewType) {
        self.start = start
        self.end = end
        self.view = view
    }

    /// When the stream was made, as the end of its ARN.
    var label: String { timestamp(microsecondsSince1970: start) }

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
    }

    init(stored value: AttributeValue) throws(StoredDataError) {
        guard case .map(let item) = value, case .number(let start) = item[Field.start],
            let start = UInt64(exactly: start), case .string(let view) = item[Field.view],
            let view = StreamViewType(rawValue: view)
        else { throw .malformed }
        self.init(start: start, view: view)
        if case .number(let number) = item[Field.end] { end = UInt64(exactly: number) }
    }

    func stored() -> AttributeValue {
        var item: Item = [Field.start: .number(DecimalNumber(start)), Field.view: .string(view.rawValue)]
        if let end { item[Field.end] = .number(DecimalNumber(end)) }
        return .map(item)
    }
}
