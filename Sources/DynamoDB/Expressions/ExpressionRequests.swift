/// A request with expressions that name attributes.
public protocol NamingRequest {
    /// What the `#name` placeholders in the expressions stand for.
    var expressionAttributeNames: [String: String]? { get set }
}

/// A request with expressions that hold values.
public protocol ValuingRequest: NamingRequest {
    /// What the `:value` placeholders in the expressions stand for.
    var expressionAttributeValues: [String: AttributeValue]? { get set }
}

/// A write that happens only when a condition is true.
public protocol ConditionalRequest: ValuingRequest {
    /// The write happens only when this is true of the stored item.
    var conditionExpression: String? { get set }
}

/// A read that drops items.
public protocol FilteringRequest: ValuingRequest {
    /// What is dropped after reading and before returning.
    var filterExpression: String? { get set }
}

/// A read that returns parts of items.
public protocol ProjectingRequest: NamingRequest {
    /// The attributes to return; nil for all.
    var projectionExpression: String? { get set }
}

extension PutItemInput: ConditionalRequest {}
extension DeleteItemInput: ConditionalRequest {}
extension UpdateItemInput: ConditionalRequest {}
extension Put: ConditionalRequest {}
extension Delete: ConditionalRequest {}
extension Update: ConditionalRequest {}
extension QueryInput: FilteringRequest, ProjectingRequest {}
extension ScanInput: FilteringRequest, ProjectingRequest {}
extension GetItemInput: ProjectingRequest {}
extension Get: ProjectingRequest {}
extension KeysAndAttributes: ProjectingRequest {}
