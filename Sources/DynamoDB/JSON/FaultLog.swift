/// What is wrong with a request that is well-formed JSON: reading goes on, so that all of it is told at once.
struct FaultLog {
    /// How a request's faults are told; nil for what is no request: its first fault ends the reading.
    let front: ValidationFront?
    /// Constraints of the model that are broken, their places completed on the way up.
    var violations: [ConstraintViolation] = []
    /// The first value that is none, such as a number that is too large.
    var fault: DynamoDBError?
    /// Whether a value is nested so deeply that AWS leaves the request to its older front.
    var isLeftToOlderFront = false
    /// How many containers within each other make it so: two for each of 63 levels.
    private static let depthOfOlderFront = 126

    init(front: ValidationFront?) {
        self.front = front
    }

    /// The error that tells what is wrong with a document that was read; nil if nothing is.
    func error<Document: JSONCodable>(of type: Document.Type) -> DynamoDBError? {
        let front = isLeftToOlderFront ? .older : front ?? .older
        guard !violations.isEmpty else { return fault?.told(by: front) }
        let names = (type as? any JSONObject.Type)?.memberNames ?? []
        let places = violations.map { violation in
            names.firstIndex { violation.place.prefix { $0 != "." } == $0 } ?? names.count
        }
        let sorted = (0...names.count).flatMap { place in
            violations.indices.filter { places[$0] == place }.map { violations[$0] }
        }
        return .violating(sorted, front: front)
    }

    fileprivate mutating func note(_ error: DynamoDBError, depth: Int) {
        if fault == nil { fault = error }
        if depth >= Self.depthOfOlderFront { isLeftToOlderFront = true }
    }
}

extension JSONReader {
    /// How a request's faults are told; nil for what is no request.
    var front: ValidationFront? { log.pointee.front }

    /// How many broken constraints have been found so far.
    @inline(__always)
    var violationCount: Int { log.pointee.violations.count }

    /// Puts a step before the place of each constraint that was found broken since then.
    @inline(__always)
    func complete(since count: Int, _ step: (inout ConstraintViolation) -> Void) {
        if log.pointee.violations.count > count { prepend(since: count, step) }
    }

    @inline(never)
    private func prepend(since count: Int, _ step: (inout ConstraintViolation) -> Void) {
        for index in log.pointee.violations[count...].indices { step(&log.pointee.violations[index]) }
    }

    /// Notes a broken constraint and returns the error to throw; the place is completed on the way up.
    func violated(_ kind: ConstraintViolation.Kind, value: String?, at place: String = "") -> DynamoDBError {
        log.pointee.violations.append(ConstraintViolation(kind, value: value, at: place))
        return .validation("A value is outside its constraints")
    }

    /// Passes over a value that was not read to its end.
    mutating func pass(over start: Int) throws(DynamoDBError) -> Int {
        position = start
        nesting = 0
        return try skip()
    }

    /// Notes what is wrong with a member's value and passes over it. What is not JSON, or no request, is thrown on.
    @inline(never)
    mutating func recover(from error: DynamoDBError, at start: Int) throws(DynamoDBError) {
        guard front != nil, error.code == .validationException else { throw error }
        log.pointee.note(error, depth: try pass(over: start))
    }
}
