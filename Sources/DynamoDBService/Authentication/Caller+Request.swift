internal import DynamoDBEngine
internal import NIOHTTP1

extension Caller {
    /// What the credential of a request says, whether it is signed well or not: without keys nobody has to sign.
    init(_ head: HTTPRequestHead) {
        if let authorization = head.headers.first(name: "authorization") {
            self.init(credential: AuthorizationHeader(authorization).parameter("Credential") ?? "".utf8[...])
        } else {
            self.init(credential: (head.parameter("X-Amz-Credential") ?? "").utf8[...])
        }
    }

    /// - Parameter credential: `key/day/region/service/aws4_request`.
    private init(credential: Substring.UTF8View) {
        // Every request comes here: bytes are looked at once, and nothing is split off that is not kept.
        let end = credential.endIndex
        var (first, second, third) = (end, end, end)
        var count = 0
        for index in credential.indices where credential[index] == UInt8(ascii: "/") {
            count += 1
            switch count {
            case 1: first = index
            case 2: second = index
            case 3: third = index
            default: break
            }
        }
        let key = credential[..<first]
        let region = credential[second..<third].dropFirst()
        self.init(
            region: count != 4 || region.isEmpty ? nil : String(Substring(region)),
            accessKeyID: key.isEmpty ? nil : String(Substring(key)))
    }
}
