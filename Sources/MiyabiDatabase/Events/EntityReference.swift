public import Foundation

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
                .invalidEntity, "\(part.debugDescription) cannot be part of an entity: 1 to 255 bytes without #")
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
