/// What is wrong with a request that is well-formed JSON: reading goes on, so that all of it is told at once.
final class FaultLog {
    /// Constraints of the model that are broken, their places completed on the way up.
    var violations: [ConstraintViolation] = []
    /// The first value that is none, such as a number that is too large.
    var fault: DynamoDBError?
    /// Whether a value is nested so deeply that AWS leaves the request to its older front.
    var isLeftToOlderFront = false
    /// How many containers within each other make it so: two for each of 63 levels.
    static let depthOfOlderFront = 126
}

extension JSONReader {
    /// The faults found so far, to add to.
    var noted: FaultLog {
        mutating get {
            if let faults { return faults }
            let log = FaultLog()
            faults = log
            return log
        }
    }

    /// Where to put what a value's constraints are found to break.
    @inline(__always)
    var violationCount: Int { faults.map(\.violations.count) ?? 0 }

    /// Puts a step before the place of each constraint that was found broken since then.
    @inline(__always)
    func complete(since count: Int, _ step: (inout ConstraintViolation) -> Void) {
        guard let faults, faults.violations.count > count else { return }
        for index in faults.violations[count...].indices { step(&faults.violations[index]) }
    }

    /// Notes what is wrong with a member's value and passes over it. What is not JSON is thrown on.
    @inline(never)
    mutating func recover(from error: DynamoDBError, at start: Int) throws(DynamoDBError) {
        guard front != nil, error.code == .validationException else { throw error }
        if noted.fault == nil { noted.fault = error }
        position = start
        nesting = 0
        if try skip() >= FaultLog.depthOfOlderFront { noted.isLeftToOlderFront = true }
    }

    /// The error to throw for a document that was read, if there is one.
    func fault<Document: JSONCodable>(of type: Document.Type) -> DynamoDBError? {
        guard let faults else { return nil }
        let front = faults.isLeftToOlderFront ? .older : front ?? .older
        guard !faults.violations.isEmpty else { return faults.fault?.told(by: front) }
        let names = (type as? any JSONObject.Type)?.memberNames ?? []
        let places = faults.violations.map { violation in
            names.firstIndex { violation.place.prefix { $0 != "." } == $0 } ?? names.count
        }
        let sorted = (0...names.count).flatMap { place in
            faults.violations.indices.filter { places[$0] == place }.map { faults.violations[$0] }
        }
        return .violating(sorted, front: front)
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

    mutating func required(
        _ name: StaticString, _ value: inout some JSONCodable & Constrained, _ constraint: MemberConstraint
    ) {
        names.append(name.description)
    }

    mutating func optional<Value: JSONCodable & Constrained>(
        _ name: StaticString, _ value: inout Value?, _ constraint: MemberConstraint
    ) {
        names.append(name.description)
    }

    mutating func placeholders(_ name: StaticString, _ value: inout [String: AttributeValue]?) {
        names.append(name.description)
    }
}
