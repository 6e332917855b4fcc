/// Runs up to 100 PartiQL statements, all or none: all reads or all writes.
///
/// Source: AWS, "ExecuteTransaction" in the Amazon DynamoDB API reference.
public struct ExecuteTransactionInput: Sendable, Hashable, JSONCodable {
    /// The statements, each on another item.
    public var transactStatements: [ParameterizedStatement]
    /// Makes the call idempotent for ten minutes; 1 to 36 characters.
    public var clientRequestToken: String?
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    /// Makes a request of its members.
    public init(
        transactStatements: [ParameterizedStatement],
        clientRequestToken: String? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil
    ) {
        self.transactStatements = transactStatements
        self.clientRequestToken = clientRequestToken
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(transactStatements: [])
        try json.members(requiring: "TransactStatements") { json, key throws(DynamoDBError) in
            switch key {
            case "TransactStatements": transactStatements = try json.value()
            case "ClientRequestToken": clientRequestToken = try json.value()
            case "ReturnConsumedCapacity": returnConsumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TransactStatements", transactStatements)
            json.member("ClientRequestToken", clientRequestToken)
            json.member("ReturnConsumedCapacity", returnConsumedCapacity)
        }
    }
}

/// What ExecuteTransaction returns.
public struct ExecuteTransactionOutput: Sendable, Hashable, JSONCodable {
    /// One for each statement, in order.
    public var responses: [ItemResponse]?
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    /// Makes a response of its members.
    public init(
        responses: [ItemResponse]? = nil,
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.responses = responses
        self.consumedCapacity = consumedCapacity
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Responses": responses = try json.value()
            case "ConsumedCapacity": consumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Responses", responses)
            json.member("ConsumedCapacity", consumedCapacity)
        }
    }
}
