internal import AWSCore
internal import DynamoDB
internal import NIOHTTP1

/// What a request says about its own signature, in its headers or in its query.
///
/// The faults, their order and their words are AWS's.
struct RequestSignature {
    let accessKeyID: String
    let scope: SignatureV4.Scope
    let date: SigningDate
    /// Names of headers, in lower case.
    let signedHeaders: [String]
    let signature: String
    /// Seconds that a signature in the query is good for; nil for one in the headers.
    let lifetime: Int?

    /// The parts as they came.
    fileprivate struct Parts {
        var algorithm: String
        var credential: String
        var signedHeaders: String
        var signature: String
        var timestamp: String
        var lifetime: Int?
    }

    init(_ head: HTTPRequestHead) throws(DynamoDBError) {
        let parts = try Parts(head)
        guard let date = SigningDate(timestamp: parts.timestamp) else {
            throw .incomplete(
                "Date must be in ISO-8601 'basic format'. Got '\(parts.timestamp)'. "
                    + "See http://en.wikipedia.org/wiki/ISO_8601")
        }
        guard parts.algorithm == SignatureV4.algorithm else {
            throw .incomplete(
                "Unsupported AWS 'algorithm': '\(parts.algorithm)' (only \(SignatureV4.algorithm) for now). ")
        }
        let elements = parts.credential.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard elements.count == 5 else {
            throw .incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
                    + "'\(parts.credential)'")
        }
        accessKeyID = elements[0]
        scope = SignatureV4.Scope(day: elements[1], region: elements[2], service: elements[3])
        self.date = date
        signedHeaders = parts.signedHeaders.utf8.split(separator: UInt8(ascii: ";")).map { Substring($0).lowercased() }
        signature = parts.signature
        lifetime = parts.lifetime
        try checkScope(terminator: elements[4])
        // The target decides what the request does: it must not be another's choice.
        for name in ["host", "x-amz-target"] where !signedHeaders.contains(name) {
            throw .invalidSignature(
                "'\(name == "host" ? "Host" : name)' must be a 'SignedHeader' in the AWS Authorization.")
        }
    }

    private func checkScope(terminator: String) throws(DynamoDBError) {
        var faults: [String] = []
        if scope.region.isEmpty {
            faults.append("Credential should be scoped to a valid region, not '\(scope.region)'. ")
        }
        if scope.service != "dynamodb" {
            faults.append("Credential should be scoped to correct service: 'dynamodb'. ")
        }
        if terminator != SignatureV4.terminator {
            faults.append(
                "Credential should be scoped with a valid terminator: '\(SignatureV4.terminator)', not '\(terminator)'. "
            )
        }
        if scope.day != date.day {
            faults.append(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'\(scope.day)' != '\(date.day)', from '\(date.timestamp)'. ")
        }
        guard faults.isEmpty else { throw .invalidSignature(faults.joined()) }
    }

    /// Checks that the signature is neither too old nor from the future.
    func checkAge(now: Int) throws(DynamoDBError) {
        let skew = 15 * 60
        let lifetime = lifetime ?? skew
        let moment = { (seconds: Int) in SigningDate(secondsSince1970: seconds).timestamp }
        if date.secondsSince1970 < now - lifetime {
            throw .invalidSignature(
                "Signature expired: \(date.timestamp) is now earlier than \(moment(now - lifetime)) "
                    + "(\(moment(now)) - \(lifetime / 60) min.)")
        }
        if date.secondsSince1970 > now + skew {
            throw .invalidSignature(
                "Signature not yet current: \(date.timestamp) is still later than \(moment(now + skew)) "
                    + "(\(moment(now)) + 15 min.)")
        }
    }
}

extension RequestSignature.Parts {
    init(_ head: HTTPRequestHead) throws(DynamoDBError) {
        let authorization = head.headers.first(name: "authorization")
        let isPresigned = head.parameter("X-Amz-Algorithm") != nil
        if let authorization {
            guard !isPresigned else {
                throw .invalidSignature(
                    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.")
            }
            guard authorization.utf8.starts(with: "AWS4-".utf8) else { throw .missingAuthenticationToken }
            try self.init(authorization: AuthorizationHeader(authorization), head)
        } else {
            guard isPresigned else { throw .missingAuthenticationToken }
            try self.init(query: head)
        }
    }

    private init(authorization: AuthorizationHeader, _ head: HTTPRequestHead) throws(DynamoDBError) {
        algorithm = authorization.algorithm
        var missing: [String] = []
        func parameter(_ name: String) -> String {
            let value = authorization.parameter(name) ?? ""
            if value.isEmpty { missing.append("Authorization header requires '\(name)' parameter. ") }
            return value
        }
        credential = parameter("Credential")
        signature = parameter("Signature")
        signedHeaders = parameter("SignedHeaders")
        let date = head.headers.first(name: "x-amz-date") ?? head.headers.first(name: "date")
        if date == nil {
            missing.append(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ")
        }
        guard missing.isEmpty, let date else {
            throw .incomplete("\(missing.joined())Authorization=\(algorithm)")
        }
        timestamp = date
        lifetime = nil
    }

    private init(query head: HTTPRequestHead) throws(DynamoDBError) {
        func parameter(_ name: String) throws(DynamoDBError) -> String {
            guard let value = head.parameter(name), !value.isEmpty else {
                throw .incomplete(
                    "AWS query-string parameters must include '\(name)'. Re-examine the query-string parameters.")
            }
            return value
        }
        algorithm = try parameter("X-Amz-Algorithm")
        credential = try parameter("X-Amz-Credential")
        signature = try parameter("X-Amz-Signature")
        signedHeaders = try parameter("X-Amz-SignedHeaders")
        timestamp = try parameter("X-Amz-Date")
        guard let seconds = Int(try parameter("X-Amz-Expires")), (1...604_800).contains(seconds) else {
            throw .incomplete("X-Amz-Expires must be a number of seconds from 1 to 604800.")
        }
        lifetime = seconds
    }
}

extension DynamoDBError {
    static var missingAuthenticationToken: DynamoDBError {
        DynamoDBError(
            code: .missingAuthenticationTokenException, message: "Request is missing Authentication Token")
    }

    static func invalidSignature(_ message: String) -> DynamoDBError {
        DynamoDBError(code: .invalidSignatureException, message: message)
    }

    fileprivate static func incomplete(_ message: String) -> DynamoDBError {
        DynamoDBError(code: .incompleteSignatureException, message: message)
    }
}
