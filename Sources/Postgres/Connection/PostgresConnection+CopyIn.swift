extension PostgresConnection {
    /// Runs `COPY … FROM STDIN` with the data that `body` writes. If `body` throws or the task is cancelled, the server
    /// throws all of it away, and the connection stays usable.
    /// - Parameter sql: the statement, such as `COPY events (id, name) FROM STDIN`.
    /// - Returns: the number of rows copied.
    /// - Throws: what `body` throws; `PostgresError`, for instance about a row that the table does not take;
    ///   `CancellationError`.
    @discardableResult
    public nonisolated(nonsending) func copyIn(
        _ sql: String, fileID: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresCopyWriter) async throws -> Void
    ) async throws -> Int {
        try await tracing.span(sql, at: CallSite(fileID: fileID, line: line)) { try await copy(sql, body) }
    }

    private nonisolated(nonsending) func copy(
        _ sql: String, _ body: nonisolated(nonsending) (PostgresCopyWriter) async throws -> Void
    ) async throws -> Int {
        do {
            try await wire.beginCopyIn(sql)
            do {
                let writer = PostgresCopyWriter(wire)
                try await body(writer)
                try await writer.flush()
                return try await wire.endCopyIn()
            } catch {
                await endAfterFailure("A COPY") { try await wire.abortCopyIn() }
                throw error
            }
        } catch let error as PostgresError {
            throw error.inQuery(sql)
        }
    }
}

/// Writes the data of a COPY. Only valid inside the closure that it is given to.
///
/// Data is collected and sent in pieces of about 64 KB; writing waits when the server is slower than the caller.
public final class PostgresCopyWriter {
    private static let pieceSize = 65_536

    private let wire: Wire
    private var buffer: [UInt8] = []

    init(_ wire: Wire) {
        self.wire = wire
        buffer.reserveCapacity(Self.pieceSize + 4096)
    }

    /// Writes bytes in the format that the statement names; they may end anywhere within a row.
    public nonisolated(nonsending) func write(_ bytes: some Sequence<UInt8>) async throws {
        buffer.append(contentsOf: bytes)
        try await flushFullPiece()
    }

    /// Writes text in the format that the statement names; it may end anywhere within a row.
    public nonisolated(nonsending) func write(_ text: String) async throws { try await write(text.utf8) }

    /// Writes one row in COPY's text format, the default of the statement, with everything escaped; `nil` is NULL.
    /// Each field is text that the column's type reads: `42`, `t`, `2026-01-31T09:00:00Z`, `{a,b}`.
    /// - Throws: `PostgresError` with code `.encodingFailed` when a field holds U+0000.
    public nonisolated(nonsending) func writeRow(_ fields: [String?]) async throws {
        for (index, field) in fields.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: "\t")) }
            guard let field else {
                buffer.append(contentsOf: "\\N".utf8)
                continue
            }
            try append(field, column: index)
        }
        buffer.append(UInt8(ascii: "\n"))
        try await flushFullPiece()
    }

    private func append(_ field: String, column: Int) throws {
        var field = field
        let start = buffer.count
        let isPlain = field.withUTF8 { bytes in
            buffer.append(contentsOf: bytes)
            return !bytes.contains(where: Self.needsEscape)
        }
        guard !isPlain else { return }
        buffer.removeSubrange(start...)
        for byte in field.utf8 { try append(byte, column: column) }
    }

    /// Whether a byte may not stand for itself in the text format: backslash and control characters.
    private static func needsEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == UInt8(ascii: "\\") }

    private func append(_ byte: UInt8, column: Int) throws {
        switch byte {
        case UInt8(ascii: "\\"): buffer.append(contentsOf: "\\\\".utf8)
        case UInt8(ascii: "\t"): buffer.append(contentsOf: "\\t".utf8)
        case UInt8(ascii: "\n"): buffer.append(contentsOf: "\\n".utf8)
        case UInt8(ascii: "\r"): buffer.append(contentsOf: "\\r".utf8)
        case 0: throw PostgresError(.encodingFailed, "field \(column) of the row holds U+0000")
        default: buffer.append(byte)
        }
    }

    private nonisolated(nonsending) func flushFullPiece() async throws {
        if buffer.count >= Self.pieceSize { try await flush() }
    }

    nonisolated(nonsending) func flush() async throws {
        guard !buffer.isEmpty else { return }
        let piece = buffer
        buffer.removeAll(keepingCapacity: true)
        try await wire.putCopyData(piece)
    }
}
