/// Finds the constraints of AWS's model that a request breaks which was made as a value, not read from JSON.
package struct ConstraintCheck: JSONMembers {
    fileprivate var violations: [ConstraintViolation] = []

    /// Looks into the value of a member.
    @inline(__always)
    package mutating func look<Value: JSONCodable>(into value: Value, at name: StaticString) {
        guard Value.holdsConstraints else { return }
        step(into: value) { $0.prepend(member: name.description) }
    }

    @inline(never)
    fileprivate mutating func step(into value: some JSONCodable, _ complete: (inout ConstraintViolation) -> Void) {
        let count = violations.count
        value.find(&self)
        for index in violations[count...].indices { complete(&violations[index]) }
    }

    @inline(never)
    private mutating func check(_ name: StaticString, _ value: some Constrained, _ constraint: MemberConstraint) {
        if constraint.isMet(by: value) { return }
        violations += constraint.violations(by: value, at: name.description)
    }

    package mutating func required(_ name: StaticString, _ value: inout some JSONCodable) {
        look(into: value, at: name)
    }

    package mutating func optional<Value: JSONCodable>(_ name: StaticString, _ value: inout Value?) {
        if let value { look(into: value, at: name) }
    }

    package mutating func optional(_ name: StaticString, _ value: inout some JSONCodable) {
        look(into: value, at: name)
    }

    package mutating func required(
        _ name: StaticString, _ value: inout some JSONCodable & Constrained, _ constraint: MemberConstraint
    ) {
        check(name, value, constraint)
        look(into: value, at: name)
    }

    package mutating func optional<Value: JSONCodable & Constrained>(
        _ name: StaticString, _ value: inout Value?, _ constraint: MemberConstraint
    ) {
        guard let value else { return }
        check(name, value, constraint)
        look(into: value, at: name)
    }

    package mutating func placeholders(_ name: StaticString, _ value: inout [String: AttributeValue]?) {}
}

extension JSONObject {
    package static var holdsConstraints: Bool { true }

    package func find(_ check: inout ConstraintCheck) {
        var object = self
        object.members(&check)
    }

    /// Refuses a request that breaks constraints of AWS's model.
    ///
    /// - Throws: `ValidationException`, in the words of the operation's front.
    package func checkConstraints() throws(DynamoDBError) {
        var check = ConstraintCheck()
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
