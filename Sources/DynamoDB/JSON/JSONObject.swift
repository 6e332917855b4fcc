/// A value that DynamoDB's JSON holds as an object of fixed members. Each member is named once, for both directions.
package protocol JSONObject: JSONCodable {
    /// A value that waits for its members; those that are required have any content.
    static var unread: Self { get }

    /// Hands each member to the reader or writer, in the order in which AWS tells their faults.
    mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure)
}

/// What reads or writes the members of an object.
package protocol JSONMembers {
    associatedtype Failure: Error

    /// A member that must be there.
    mutating func required(_ name: StaticString, _ value: inout some JSONCodable) throws(Failure)
    /// A member that may be missing.
    mutating func optional<Value: JSONCodable>(_ name: StaticString, _ value: inout Value?) throws(Failure)
    /// A member that is always written, and keeps its content where it is missing.
    mutating func optional(_ name: StaticString, _ value: inout some JSONCodable) throws(Failure)
    /// `ExpressionAttributeValues`, whose faults AWS may introduce with the member's and the placeholder's name.
    mutating func placeholders(_ name: StaticString, _ value: inout [String: AttributeValue]?) throws(Failure)
    /// `Parameters` of one statement among several, whose faults are that statement's alone.
    mutating func parameters(
        _ name: StaticString, _ value: inout [AttributeValue]?, fault: inout String?
    ) throws(Failure)
}

extension JSONMembers {
    @inline(__always)
    package mutating func parameters(
        _ name: StaticString, _ value: inout [AttributeValue]?, fault: inout String?
    ) throws(Failure) {
        try optional(name, &value)
    }
}

extension JSONObject {
    package init(json: inout JSONReader) throws(DynamoDBError) {
        self = Self.unread
        var reader = MemberReader(json)
        try json.members { json, key throws(DynamoDBError) in try reader.read(key, of: &self, from: &json) }
        try reader.finish(&self, &json)
        if Self.holdsConstraints, json.front != nil {
            json.check(self, unless: reader.unread)
        }
    }

    package func write(to json: inout JSONWriter) {
        var value = self
        json.object { json in value.members(&json) }
    }
}

extension JSONObject {
    /// The value as a whole document.
    ///
    /// - Parameter written: a member that the value does not have, and its JSON; nil for none.
    package func jsonDocument(with name: StaticString, _ written: JSONWriter.Written?) -> [UInt8] {
        var value = self
        let capacity =
            switch written {
            case .value(let bytes), .elements(let bytes): bytes.count + 256
            case nil: 256
            }
        var json = JSONWriter(capacity: capacity)
        json.object { json in
            if let written { json.member(name, written) }
            value.members(&json)
        }
        return json.bytes
    }
}

extension JSONWriter: JSONMembers {
    @inline(__always)
    package mutating func required(_ name: StaticString, _ value: inout some JSONCodable) {
        member(name, value)
    }

    @inline(__always)
    package mutating func optional<Value: JSONCodable>(_ name: StaticString, _ value: inout Value?) {
        member(name, value)
    }

    @inline(__always)
    package mutating func optional(_ name: StaticString, _ value: inout some JSONCodable) {
        member(name, value)
    }

    @inline(__always)
    package mutating func placeholders(_ name: StaticString, _ value: inout [String: AttributeValue]?) {
        member(name, value)
    }
}

extension JSONObject {
    /// Makes checks that come before any table is looked at: the operation's front tells what they find.
    package static func atFront<Result>(
        _ check: () throws(DynamoDBError) -> Result
    ) throws(DynamoDBError) -> Result {
        do throws(DynamoDBError) {
            return try check()
        } catch {
            throw error.told(by: front ?? .older)
        }
    }
}

extension JSONObject {
    /// The members' names, in the order in which AWS tells their faults.
    static var memberNames: [String] {
        var lister = MemberLister()
        var object = unread
        object.members(&lister)
        return lister.names
    }
}

/// Lists the names of an object's members.
private struct MemberLister: JSONMembers {
    var names: [String] = []

    mutating func required(_ name: StaticString, _ value: inout some JSONCodable) {
        names.append(name.description)
    }

    mutating func optional<Value: JSONCodable>(_ name: StaticString, _ value: inout Value?) {
        names.append(name.description)
    }

    mutating func optional(_ name: StaticString, _ value: inout some JSONCodable) {
        names.append(name.description)
    }

    mutating func placeholders(_ name: StaticString, _ value: inout [String: AttributeValue]?) {
        names.append(name.description)
    }
}
