/// Tells the addresses at which the service answers: AWS's shape `DescribeEndpointsRequest`.
///
/// Source: AWS, "DescribeEndpoints" in the Amazon DynamoDB API reference.
public struct DescribeEndpointsInput: Sendable, Hashable, JSONObject {
    /// Makes an empty request.
    public init() {}
}

/// What DescribeEndpoints returns: AWS's shape `DescribeEndpointsResponse`.
public struct DescribeEndpointsOutput: Sendable, Hashable, JSONObject {
    /// The addresses.
    public var endpoints: [ServiceEndpoint]

    private init() { self = .unread }
}

/// One address of the service: AWS's shape `Endpoint`.
public struct ServiceEndpoint: Sendable, Hashable, JSONObject {
    /// Host, and port if it is not the usual one.
    public var address: String
    /// For how long the address may be kept, in minutes.
    public var cachePeriodInMinutes: Int

    private init() { self = .unread }
}
