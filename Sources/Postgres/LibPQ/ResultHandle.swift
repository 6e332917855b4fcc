import CLibPQ

/// A result of libpq. It never changes once it is received, so any thread may read it.
final class ResultHandle: @unchecked Sendable {
    enum Status {
        case rows, singleRow, command, empty, copyIn, copyOut, copyBoth, pipelineSync, pipelineAborted, failure
    }

    private let result: OpaquePointer
    let status: Status
    let rowCount: Int
    let columnCount: Int

    /// Takes over a result that `PQgetResult` returned.
    /// - Parameter rowCount: how many rows it stands for, where libpq cannot know: rows without columns.
    init(owning result: OpaquePointer, rowCount: Int? = nil) {
        self.result = result
        self.rowCount = rowCount ?? Int(PQntuples(result))
        columnCount = Int(PQnfields(result))
        status =
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK: .rows
            case PGRES_SINGLE_TUPLE: .singleRow
            case PGRES_COMMAND_OK: .command
            case PGRES_EMPTY_QUERY: .empty
            case PGRES_COPY_IN: .copyIn
            case PGRES_COPY_OUT: .copyOut
            case PGRES_COPY_BOTH: .copyBoth
            case PGRES_PIPELINE_SYNC: .pipelineSync
            case PGRES_PIPELINE_ABORTED: .pipelineAborted
            default: .failure
            }
    }

    deinit { PQclear(result) }

    /// What the server did, as in `INSERT 0 3` or `COMMIT`.
    var commandTag: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

    /// The rows that the command touched; 0 for a command that has none.
    var affectedRows: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The server's error fields of a failed result.
    var failureFields: PostgresError.ServerFields { ErrorFields.read(result) }

    func columnName(_ column: Int) -> String {
        PQfname(result, Int32(column)).map { String(cString: $0) } ?? ""
    }

    func columnType(_ column: Int) -> PostgresType { PostgresType(oid: PQftype(result, Int32(column))) }

    func isNull(row: Int, column: Int) -> Bool { PQgetisnull(result, Int32(row), Int32(column)) != 0 }

    /// An unsigned integer that came as text; `nil` for anything else.
    func integer(row: Int, column: Int) -> UInt32? {
        PQgetvalue(result, Int32(row), Int32(column)).flatMap { UInt32(String(cString: $0)) }
    }

    /// The types of columns that hold arrays of what the user has defined. A column whose arrays are all empty or NULL is not
    /// among them.
    var arraysOfUserDefinedTypes: [UInt32] {
        (0..<Int32(columnCount)).compactMap { column in
            let type = PQftype(result, column)
            guard PostgresType(oid: type).isUserDefined, PQfformat(result, column) == 1 else { return nil }
            for row in 0..<PQntuples(result) where PQgetisnull(result, row, column) == 0 {
                let value = UnsafeRawBufferPointer(
                    start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
                switch ArrayHeader(value.bytes) {
                case .elements(let element)?: return element.isUserDefined ? type : nil
                case .empty?: continue
                case nil: return nil
                }
            }
            return nil
        }
    }

    /// Decodes one value in place, without copying it out of libpq's memory. `row` and `column` must be in range.
    func decode<T: PostgresDecodable>(
        _ type: T.Type, row: Int, column: Int, domains: DomainArrays
    ) throws -> T {
        let row = Int32(row)
        let column = Int32(column)
        if PQgetisnull(result, row, column) != 0 { return try T.decodeNull() }
        guard PQfformat(result, column) == 1 else { throw PostgresDecodingFailure.textFormat }
        let buffer = UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
        return try T.decode(buffer.bytes, type: domains.type(oid: PQftype(result, column)))
    }
}
