public import DynamoDB
public import Logging

/// The embedded DynamoDB half, as the supervisor sees it: the program brings it along, since this module stands below the
/// engine.
public protocol EmbeddedDynamoDB: Sendable {
    /// The engine, in process.
    var api: any DynamoDBAPI { get }
    /// The port that the HTTP service listens on, on 127.0.0.1.
    var port: Int { get }
    /// Serves until its task is cancelled or after ``stop()``; throws when the service dies by itself.
    func serve() async throws
    /// Ends the HTTP service, then flushes and closes the engine.
    func stop() async
}

/// Opens the engine in a directory and binds its service to a port of 127.0.0.1 (0: any free one).
///
/// Throws ``OperationsError`` with `portInUse` for a port that is taken.
public typealias EmbeddedDynamoDBStarter =
    @Sendable (_ directory: String, _ port: Int, _ logger: Logger) async throws -> any EmbeddedDynamoDB
