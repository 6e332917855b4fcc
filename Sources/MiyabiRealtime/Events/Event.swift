public import DynamoDB
public import Foundation

/// One thing that happened, as MiyabiEvents holds it for 90 days.
///
/// Keys (DESIGN.md, fault 14), for an event of a user on a repository:
/// ```
/// PK      EVENT#agent_execution#2025-11-29T10:30Z#3
/// SK      01KB7JR3M0Y8ZJ4T0V5QG6X9WA#user#0f2e…#repo#9c41…
/// GSI1PK  USER#0f2e…        GSI1SK  001764412200000#01KB7JR3M0Y8ZJ4T0V5QG6X9WA
/// GSI2PK  REPO#9c41…        GSI2SK  001764412200000#01KB7JR3M0Y8ZJ4T0V5QG6X9WA
/// ```
/// The partition is a minute of one type and a shard of it, so that a burst spreads; the ULID keeps two events of one
/// moment apart and every listing in the order of time.
public struct Event: Sendable, Hashable {
    /// How long events are kept, counted from when they are recorded, not from when they happened: a commit of 2013
    /// that is imported today stays 90 days.
    public static let retention = Duration.seconds(90 * 86_400)

    /// Names the event and holds its time.
    public let id: ULID
    /// What kind of thing happened.
    public let type: EventType
    /// Whose event it is: a row of web_users.
    public let userID: UUID?
    /// The repository it happened on: a row of repositories.
    public let repositoryID: UUID?
    /// What the event is about; the user, or else the repository, unless the producer says otherwise.
    public let entity: EntityReference?
    /// A part of ``entity``, or what stands beside it; the repository beside the user unless told otherwise.
    public let subEntity: EntityReference?
    /// The agent that did it, for agent executions: `Coordinator`, `CodeGen`, …
    public let agentType: String?
    /// What else is known; the item's `data`.
    public let data: Item
    /// When the table may drop it; known once it has been read from there.
    public let expiresAt: Timestamp?

    /// When it happened, to the millisecond.
    public var timestamp: Timestamp { id.timestamp }

    /// An event.
    ///
    /// - Parameters:
    ///   - id: Its name and time. By default now. Recording the same identifier again changes nothing more, so a
    ///     producer that may retry makes it once and keeps it.
    ///   - type: What kind of thing happened.
    ///   - userID: Whose event it is.
    ///   - repositoryID: Where it happened.
    ///   - entity: What it is about, if not the user or the repository.
    ///   - subEntity: What stands beside ``entity``; ignored without one.
    ///   - agentType: The agent that did it.
    ///   - data: What else is known.
    public init(
        id: ULID = ULIDGenerator.shared.next(),
        type: EventType,
        userID: UUID? = nil,
        repositoryID: UUID? = nil,
        entity: EntityReference? = nil,
        subEntity: EntityReference? = nil,
        agentType: String? = nil,
        data: Item = [:]
    ) {
        let known = [userID.map(EntityReference.user), repositoryID.map(EntityReference.repository)].compactMap { $0 }
        self.init(
            id: id, type: type, userID: userID, repositoryID: repositoryID,
            entity: entity ?? known.first,
            subEntity: entity == nil ? known.dropFirst().first : subEntity,
            agentType: agentType, data: data, expiresAt: nil)
    }

    /// Every field as it is, for reading from an item.
    init(
        id: ULID, type: EventType, userID: UUID?, repositoryID: UUID?, entity: EntityReference?,
        subEntity: EntityReference?, agentType: String?, data: Item, expiresAt: Timestamp?
    ) {
        self.id = id
        self.type = type
        self.userID = userID
        self.repositoryID = repositoryID
        self.entity = entity
        self.subEntity = subEntity
        self.agentType = agentType
        self.data = data
        self.expiresAt = expiresAt
    }
}

/// What kind of thing happened (specification, section 3.2).
public enum EventType: String, Sendable, Hashable, CaseIterable {
    /// An agent worked: a run, or a commit that came out of one.
    case agentExecution = "agent_execution"
    /// A plugin was used in a way that is metered.
    case usageEvent = "usage_event"
    /// GitHub sent a webhook.
    case webhook

    /// The type of this name.
    ///
    /// - Throws: ``EventError`` with the code ``EventError/Code/unknownType``, naming the types that exist.
    public init(named name: String) throws(EventError) {
        guard let type = EventType(rawValue: name) else {
            let known = EventType.allCases.map(\.rawValue).joined(separator: ", ")
            throw EventError(.unknownType, "\(name.debugDescription) is not an event type; the types are \(known)")
        }
        self = type
    }
}

/// What an event is about, as it stands in the sort key: `user#6f0c…`, `repo#xyz456`, `issue#123`.
public struct EntityReference: Sendable, Hashable, CustomStringConvertible {
    /// What it is: `user`, `repo`, `issue`, …
    public let kind: String
    /// Which one.
    public let id: String

    /// - Throws: ``EventError`` with the code ``EventError/Code/invalidEntity`` when a part is empty, longer than 255
    ///   bytes of UTF-8 (a sort key holds 1,024) or holds `#`, which separates the parts.
    public init(kind: String, id: String) throws(EventError) {
        for part in [kind, id] where part.isEmpty || part.utf8.count > 255 || part.utf8.contains(UInt8(ascii: "#")) {
            throw EventError(
                .invalidEntity, "\(part.debugDescription) cannot be part of an entity: use 1 to 255 bytes without #")
        }
        self.init(unchecked: kind, id)
    }

    init(unchecked kind: String, _ id: String) {
        self.kind = kind
        self.id = id
    }

    /// A row of web_users.
    public static func user(_ id: UUID) -> EntityReference {
        EntityReference(unchecked: "user", id.lowercased)
    }

    /// A row of repositories.
    public static func repository(_ id: UUID) -> EntityReference {
        EntityReference(unchecked: "repo", id.lowercased)
    }

    /// `kind#id`.
    public var description: String { "\(kind)#\(id)" }
}
