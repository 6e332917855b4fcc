/// The services whose operations make up the API. AWS has them at addresses of their own; other servers at one.
package enum APIService: String, Sendable, CaseIterable {
    /// Tables and items.
    case dynamoDB = "DynamoDB_20120810"
    /// Streams.
    case streams = "DynamoDBStreams_20120810"

    /// The service's name in the host of its address on AWS.
    var hostName: String { self == .streams ? "streams.dynamodb" : "dynamodb" }

    /// The value of the header `x-amz-target` for one of its operations.
    package func target(_ operation: String) -> String { "\(rawValue).\(operation)" }
}
