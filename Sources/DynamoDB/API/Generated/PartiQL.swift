// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension BatchExecuteStatementInput {
    /// Makes a request of its members.
    public init(
        statements: [BatchStatementRequest],
        returnConsumedCapacity: ReturnConsumedCapacity? = nil
    ) {
        self.statements = statements
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    package static var unread: Self { Self(statements: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.required("Statements", &statements)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("Statements", statements, .count(1, 25))
        check.look(into: statements, at: "Statements")
    }
}

extension BatchExecuteStatementOutput {
    /// Makes a response of its members.
    public init(
        responses: [BatchStatementResponse]? = nil,
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.responses = responses
        self.consumedCapacity = consumedCapacity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Responses", &responses)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}

extension BatchStatementRequest {
    /// Makes a value of its members.
    public init(
        statement: String,
        parameters: [AttributeValue]? = nil,
        consistentRead: Bool? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.statement = statement
        self.parameters = parameters
        self.consistentRead = consistentRead
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }

    package static var unread: Self { Self(statement: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
        try members.optional("ConsistentRead", &consistentRead)
        try members.required("Statement", &statement)
        try members.parameters("Parameters", &parameters, fault: &parametersFault)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("Statement", statement, .length(1, 8_192))
        check.check("Parameters", parameters, .count(1, nil))
    }
}

extension BatchStatementError {
    /// Makes a value of its members.
    public init(
        code: BatchStatementErrorCode? = nil,
        message: String? = nil,
        item: Item? = nil
    ) {
        self.code = code
        self.message = message
        self.item = item
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Code", &code)
        try members.optional("Message", &message)
        try members.optional("Item", &item)
    }
}

extension BatchStatementResponse {
    /// Makes a value of its members.
    public init(
        error: BatchStatementError? = nil,
        tableName: String? = nil,
        item: Item? = nil
    ) {
        self.error = error
        self.tableName = tableName
        self.item = item
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Error", &error)
        try members.optional("TableName", &tableName)
        try members.optional("Item", &item)
    }
}

extension ExecuteStatementInput {
    /// Makes a request of its members.
    public init(
        statement: String,
        parameters: [AttributeValue]? = nil,
        consistentRead: Bool? = nil,
        nextToken: String? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity? = nil,
        limit: Int? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.statement = statement
        self.parameters = parameters
        self.consistentRead = consistentRead
        self.nextToken = nextToken
        self.returnConsumedCapacity = returnConsumedCapacity
        self.limit = limit
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }

    package static var unread: Self { Self(statement: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
        try members.optional("NextToken", &nextToken)
        try members.optional("ConsistentRead", &consistentRead)
        try members.required("Statement", &statement)
        try members.optional("Limit", &limit)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
        try members.optional("Parameters", &parameters)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("NextToken", nextToken, .length(1, 32_768))
        check.check("Statement", statement, .length(1, 8_192))
        check.check("Limit", limit, .value(1, nil))
        check.check("Parameters", parameters, .count(1, nil))
    }
}

extension ExecuteStatementOutput {
    /// Makes a response of its members.
    public init(
        items: [Item]? = nil,
        nextToken: String? = nil,
        consumedCapacity: ConsumedCapacity? = nil,
        lastEvaluatedKey: Item? = nil
    ) {
        self.items = items
        self.nextToken = nextToken
        self.consumedCapacity = consumedCapacity
        self.lastEvaluatedKey = lastEvaluatedKey
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Items", &items)
        try members.optional("NextToken", &nextToken)
        try members.optional("ConsumedCapacity", &consumedCapacity)
        try members.optional("LastEvaluatedKey", &lastEvaluatedKey)
    }
}

extension ExecuteTransactionInput {
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

    package static var unread: Self { Self(transactStatements: .init()) }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ClientRequestToken", &clientRequestToken)
        try members.required("TransactStatements", &transactStatements)
        try members.optional("ReturnConsumedCapacity", &returnConsumedCapacity)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("ClientRequestToken", clientRequestToken, .length(1, 36))
        check.check("TransactStatements", transactStatements, .count(1, 100))
        check.look(into: transactStatements, at: "TransactStatements")
    }
}

extension ExecuteTransactionOutput {
    /// Makes a response of its members.
    public init(
        responses: [ItemResponse]? = nil,
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.responses = responses
        self.consumedCapacity = consumedCapacity
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("Responses", &responses)
        try members.optional("ConsumedCapacity", &consumedCapacity)
    }
}

extension ParameterizedStatement {
    /// Makes a value of its members.
    public init(
        statement: String,
        parameters: [AttributeValue]? = nil,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
    ) {
        self.statement = statement
        self.parameters = parameters
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }

    package static var unread: Self { Self(statement: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("ReturnValuesOnConditionCheckFailure", &returnValuesOnConditionCheckFailure)
        try members.required("Statement", &statement)
        try members.optional("Parameters", &parameters)
    }

    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        check.check("Statement", statement, .length(1, 8_192))
        check.check("Parameters", parameters, .count(1, nil))
    }
}
