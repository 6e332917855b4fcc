/// The values of a statement's parameters, encoded: one buffer, and where in it each value lies.
struct PostgresBindings: Sendable {
    /// All values one after the other; text values end in a zero byte, which libpq asks for.
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>?] = []
    private(set) var types: [UInt32] = []
    private var formats: [Int32] = []
    /// The first failure to encode a value; interpolation cannot throw, so running the query does.
    private(set) var failure: PostgresError?

    var count: Int { types.count }

    /// How much the values are together.
    var byteCount: Int { bytes.count }

    mutating func append<T: PostgresEncodable>(_ value: T) {
        types.append(T.postgresType.oid)
        formats.append(T.postgresFormat == .binary ? 1 : 0)
        guard !value.isPostgresNull else {
            ranges.append(nil)
            return
        }
        let start = bytes.count
        do {
            try value.encode(into: &bytes)
            ranges.append(start..<bytes.count)
            if T.postgresFormat == .text {
                let holdsZero = bytes[start...].contains(0)
                bytes.append(0)
                if holdsZero { throw PostgresEncodingFailure("the text holds U+0000, which PostgreSQL cannot store") }
            }
        } catch {
            if ranges.count < types.count { ranges.append(nil) }
            let reason = (error as? PostgresEncodingFailure)?.reason ?? String(describing: error)
            failure = failure ?? PostgresError(.encodingFailed, "parameter $\(count) of type \(T.self): \(reason)")
        }
    }

    typealias Pointers<T> = UnsafePointer<T>?

    /// Gives the values in the arrays that libpq's send functions take.
    func withLibPQArrays<R>(
        _ body: (Int32, Pointers<UInt32>, Pointers<UnsafePointer<CChar>?>, Pointers<Int32>, Pointers<Int32>) -> R
    ) -> R {
        guard count > 0 else { return body(0, nil, nil, nil, nil) }
        return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { lengths in
                bytes.withUnsafeBytes { bytes in
                    for (index, range) in ranges.enumerated() {
                        values.initializeElement(at: index, to: range.map { Self.pointer(bytes, $0.lowerBound) })
                        lengths.initializeElement(at: index, to: Int32(range?.count ?? 0))
                    }
                    return types.withUnsafeBufferPointer { types in
                        formats.withUnsafeBufferPointer { formats in
                            body(
                                Int32(count), types.baseAddress, UnsafePointer(values.baseAddress),
                                UnsafePointer(lengths.baseAddress), formats.baseAddress)
                        }
                    }
                }
            }
        }
    }

    /// An empty value needs an address too: to libpq, a null pointer is NULL.
    private static func pointer(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UnsafePointer<CChar> {
        let base = bytes.baseAddress ?? UnsafeRawPointer(emptyValue)
        return (base + offset).assumingMemoryBound(to: CChar.self)
    }

    private nonisolated(unsafe) static let emptyValue: UnsafeMutablePointer<CChar> = {
        let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        pointer.initialize(to: 0)
        return pointer
    }()
}
