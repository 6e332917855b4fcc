import CLibPQ

/// Puts the rows of a stream, each a result of its own, into one result: that costs less to hand from thread to thread
/// than hundreds do. Belongs to one thread at a time.
struct RowCollector: ~Copyable {
    private var result: OpaquePointer?
    private(set) var rowCount = 0
    private(set) var byteCount = 0

    deinit { PQclear(result) }

    /// Takes over a result of one row.
    mutating func append(owning row: OpaquePointer) {
        defer { PQclear(row) }
        if result == nil { result = PQcopyResult(row, PG_COPYRES_ATTRS) }
        for column in 0..<PQnfields(row) {
            let isNull = PQgetisnull(row, 0, column) != 0
            let length = isNull ? -1 : PQgetlength(row, 0, column)
            let isSet = PQsetvalue(result, Int32(rowCount), column, PQgetvalue(row, 0, column), length)
            precondition(isSet != 0, "out of memory")
            byteCount += max(0, Int(length))
        }
        rowCount += 1
    }

    /// The rows so far, which are no longer here; `nil` if there are none.
    mutating func take() -> ResultHandle? {
        guard let rows = result else { return nil }
        let count = rowCount
        (result, rowCount, byteCount) = (nil, 0, 0)
        return ResultHandle(owning: rows, rowCount: count)
    }
}
