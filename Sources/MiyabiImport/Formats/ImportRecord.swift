import DynamoDB
import MiyabiDatabase

/// One line of an import, understood: what it means for both halves.
public struct ImportRecord: Sendable, Hashable {
    /// The event's name and time, the same whenever the same line is read.
    var id: ULID
    var type: EventType
    /// Whose event it is.
    var user: GitHubUser?
    var repository: GitHubRepository?
    var data: Item
    /// The run that the event asks for.
    var execution: Execution?

    struct Execution: Sendable, Hashable {
        var agentType: AgentType
        var issueNumber: Int64
    }
}

/// Why a line is no record.
struct LineFault: Error, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A kind of file that can be imported, one record a line.
public protocol ImportFormat: Sendable {
    /// Understands a line.
    ///
    /// - Throws: An error whose description says what is wrong with the line.
    static func record(_ line: [UInt8]) throws -> ImportRecord
}
