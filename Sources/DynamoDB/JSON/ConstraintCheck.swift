/// Finds the constraints of AWS's model that a request breaks.
package struct ConstraintCheck {
    fileprivate var violations: [ConstraintViolation] = []
    /// Whether to look into the members' values too.
    fileprivate let isDeep: Bool

    /// Checks the value of a member.
    @inline(__always)
    package mutating func check(_ name: StaticString, _ value: some Constrained, _ constraint: MemberConstraint) {
        if !constraint.isMet(by: value) { note(name, value, constraint) }
    }

    /// Checks the value of a member that may be missing.
    @inline(__always)
    package mutating func check(_ name: StaticString, _ value: (some Constrained)?, _ constraint: MemberConstraint) {
        if let value, !constraint.isMet(by: value) { note(name, value, constraint) }
    }

    /// Checks that the keys of a map are names of tables, or ARNs with such; AWS tells it by its older front, with the map.
    package mutating func checkTables(_ name: StaticString, _ map: [String: some JSONCodable]) {
        guard !map.keys.allSatisfy(\.isReference) else { return }
        let echo = String(decoding: map.jsonDocument, as: UTF8.self)
        violations.append(.tableNames(at: name.description, echo: echo))
    }

    @inline(never)
    private mutating func note(_ name: StaticString, _ value: some Constrained, _ constraint: MemberConstraint) {
        violations += constraint.violations(by: value, at: name.description)
    }

    /// Looks into the value of a member.
    @inline(__always)
    package mutating func look(into value: (some JSONCodable)?, at name: StaticString) {
        if isDeep, let value { step(into: value) { $0.prepend(member: name.description) } }
    }

    @inline(never)
    fileprivate mutating func step(into value: some JSONCodable, _ complete: (inout ConstraintViolation) -> Void) {
        let count = violations.count
        value.find(&self)
        for index in violations[count...].indices { complete(&violations[index]) }
    }
}

extension JSONReader {
    /// Notes the constraints that an object just read breaks.
    ///
    /// - Parameter unread: The members that hold no values of the input.
    func check(_ object: some JSONObject, unless unread: [String]) {
        var check = ConstraintCheck(isDeep: false)
        object.find(&check)
        if check.violations.isEmpty { return }
        log.pointee.violations += check.violations.filter { !unread.contains($0.place) }
    }
}

/// A request that was read from JSON, and so is known to meet the constraints of AWS's model.
package struct CheckedRequest<Request: JSONObject> {
    /// The request.
    package let request: Request

    /// Reads a request; it throws as `JSONCodable.init(jsonDocument:)` does.
    package init(jsonDocument bytes: UnsafeRawBufferPointer) throws(DynamoDBError) {
        precondition(Request.front != nil || !Request.holdsConstraints, "The codec does not check such requests")
        request = try Request(jsonDocument: bytes)
    }
}

extension JSONObject {
    /// Refuses a request that breaks constraints of AWS's model; one that was read from JSON has been checked.
    ///
    /// - Throws: `ValidationException`, in the words of the operation's front.
    package func checkConstraints() throws(DynamoDBError) {
        guard Self.holdsConstraints else { return }
        var check = ConstraintCheck(isDeep: true)
        find(&check)
        guard check.violations.isEmpty else { throw .violating(check.violations, front: Self.front ?? .older) }
    }
}

extension Array where Element: JSONCodable {
    package static var holdsConstraints: Bool { Element.holdsConstraints }

    package func find(_ check: inout ConstraintCheck) {
        guard Element.holdsConstraints else { return }
        for (index, element) in enumerated() {
            check.step(into: element) { $0.prepend(step: "\(index + 1).member") }
        }
    }
}

extension Dictionary where Key == String, Value: JSONCodable {
    package static var holdsConstraints: Bool { Value.holdsConstraints }

    package func find(_ check: inout ConstraintCheck) {
        guard Value.holdsConstraints else { return }
        for (name, value) in self {
            check.step(into: value) { $0.prepend(step: "\(name).member") }
        }
    }
}
