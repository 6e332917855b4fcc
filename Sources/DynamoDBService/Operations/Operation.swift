internal import DynamoDB
internal import DynamoDBEngine
internal import NIOCore

/// One operation of the API: what it may cost, which faults it can have, and how it is carried out.
struct Operation: Sendable {
    let name: String
    let traits: Traits
    /// Its place among all operations, from 0.
    fileprivate(set) var number = 0
    /// Decodes the body, calls the engine, encodes the result; or fails as the fault says.
    private let perform:
        @Sendable (Engine, Engine.View, ByteBuffer, RequestNotes, Fault?, Rights?) async throws -> [UInt8]

    /// - Parameter table: the table that a request names; nil for operations of which tables are not counted.
    init<Input: JSONObject & AccessTelling & SendableMetatype, Output: JSONCodable & Sendable>(
        _ name: String, _ traits: Traits, on table: (@Sendable (Input) -> String)? = nil,
        _ call: @escaping @Sendable (Engine, Input) async throws -> Output
    ) {
        let carriesItems = Output.self is any ItemCarrier.Type
        self.init(name, traits, table, call) { output in
            guard carriesItems, let carrier = output as? any ItemCarrier, carrier.isLarge else {
                return output.jsonDocument
            }
            return await awayFromEventLoop { output.jsonDocument }
        }
    }

    init<Input: JSONObject & AccessTelling & SendableMetatype>(
        _ name: String, _ traits: Traits, on table: (@Sendable (Input) -> String)? = nil,
        _ call: @escaping @Sendable (Engine, Input) async throws -> ResponseDocument
    ) {
        self.init(name, traits, table, call, encode: \.bytes)
    }

    private init<Input: JSONObject & AccessTelling & SendableMetatype, Output: Sendable>(
        _ name: String, _ traits: Traits, _ table: (@Sendable (Input) -> String)?,
        _ call: @escaping @Sendable (Engine, Input) async throws -> Output,
        encode: @escaping @Sendable (Output) async -> [UInt8]
    ) {
        self.name = name
        self.traits = traits
        perform = { engine, view, body, notes, fault, rights in
            let checked = try body.withUnsafeReadableBytes { bytes in try CheckedRequest<Input>(jsonDocument: bytes) }
            if let table { notes.table = table(checked.request) }
            let engine = engine.answering(checked, in: view)
            try rights?.check(checked.request, on: engine)
            if let error = fault?.error(beforeCarryingOut: checked.request) { throw error }
            let output = try await call(engine, checked.request)
            if let error = fault?.errorAfterwards { throw error }
            return await encode(output)
        }
    }

    func callAsFunction(
        _ engine: Engine, seeing view: Engine.View, _ body: ByteBuffer, _ notes: RequestNotes = RequestNotes(),
        fault: Fault? = nil, rights: Rights? = nil
    ) async throws -> [UInt8] {
        try await perform(engine, view, body, notes, fault, rights)
    }

    /// The same at a place among all operations.
    func numbered(_ number: Int) -> Operation {
        var operation = self
        operation.number = number
        return operation
    }
}

extension Operation {
    /// What operations of one kind have in common.
    struct Traits: Sendable {
        /// How a conflict with a transaction is told.
        enum Conflict: Sendable {
            case never
            /// As `TransactionConflictException`.
            case ofItem
            /// As `TransactionCanceledException`.
            case ofTransaction
        }

        /// Bytes that the answer usually stays below.
        let responseBytes: Int
        /// Whether the operation can give `ProvisionedThroughputExceededException`.
        var isThrottled = false
        var conflict = Conflict.never
        /// Whether the operation can give `InternalServerError`.
        var canFail = true
    }
}

/// Sizes are AWS's limits of what an answer holds, and a third more: base 64 makes so much of binary values.
extension Operation.Traits {
    /// Tables, tags, backups, streams' descriptions.
    static let control = Self(responseBytes: 64 << 10)
    /// What AWS's model gives no error of the server.
    static let unfailing = Self(responseBytes: 64 << 10, canFail: false)
    /// A read of one item.
    static let item = Self(responseBytes: 544 << 10, isThrottled: true)
    /// A write of one item, which may return the item.
    static let write = Self(responseBytes: 544 << 10, isThrottled: true, conflict: .ofItem)
    /// Many writes, of which nothing is returned.
    static let writes = Self(responseBytes: 64 << 10, isThrottled: true)
    /// A page of items.
    static let page = Self(responseBytes: 1_536 << 10, isThrottled: true)
    /// The items that a search of vectors found.
    static let search = Self(responseBytes: 22 << 20)
    /// A PartiQL statement: a page of items, or a write.
    static let statement = Self(responseBytes: 1_536 << 10, isThrottled: true, conflict: .ofItem)
    /// A page of a stream.
    static let records = Self(responseBytes: 1_536 << 10)
    /// Many items.
    static let batch = Self(responseBytes: 22 << 20, isThrottled: true)
    /// Many PartiQL statements, each with an error of its own.
    static let statements = Self(responseBytes: 22 << 20)
    /// Many items, all or nothing.
    static let transaction = Self(responseBytes: 5_632 << 10, isThrottled: true, conflict: .ofTransaction)
}
