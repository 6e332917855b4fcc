internal import DynamoDBEngine
internal import NIOHTTP1

extension Caller {
    /// What the credential of a request says, whether it is signed well or not: without keys nobody has to sign.
    init(_ request: HTTPRequest) {
        let credential: Substring? =
            if let authorization = request.headers.first(name: "authorization") {
                Caller.credential(in: authorization)
            } else {
                request.head.parameter("X-Amz-Credential").map { $0[...] }
            }
        let parts = credential?.split(separator: "/", omittingEmptySubsequences: false) ?? []
        self.init(
            region: parts.count == 5 && !parts[2].isEmpty ? String(parts[2]) : nil,
            accessKeyID: parts.first.flatMap { $0.isEmpty ? nil : String($0) })
    }

    private static func credential(in authorization: String) -> Substring? {
        for parameter in authorization.split(whereSeparator: { $0 == "," || $0 == " " }) {
            if parameter.hasPrefix("Credential=") { return parameter.dropFirst("Credential=".count) }
        }
        return nil
    }
}
