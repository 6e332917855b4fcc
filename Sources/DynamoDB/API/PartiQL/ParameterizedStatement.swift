/// One statement of an ExecuteTransaction.
public struct ParameterizedStatement: Sendable, Hashable, JSONCodable {
    /// The PartiQL statement; up to 8,192 characters.
    public var statement: String
    /// The values of the statement's question marks, in order; not empty.
    public var parameters: [AttributeValue]?
    /// Whether a failed condition's error carries the item.
    public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

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

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(statement: "")
        try json.members(requiring: "Statement") { json, key throws(DynamoDBError) in
            switch key {
            case "Statement": statement = try json.value()
            case "Parameters": parameters = try json.value()
            case "ReturnValuesOnConditionCheckFailure": returnValuesOnConditionCheckFailure = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Statement", statement)
            json.member("Parameters", parameters)
            json.member("ReturnValuesOnConditionCheckFailure", returnValuesOnConditionCheckFailure)
        }
    }
}
