internal import DynamoDBEngine
internal import NIOHTTP1

extension Caller {
    /// What the credential of a request says, whether it is signed well or not: without keys nobody has to sign.
    init(_ head: HTTPRequestHead) {
        if let authorization = head.headers.first(name: "authorization") {
            self.init(credential: AuthorizationHeader(authorization).parameter("Credential") ?? "")
        } else {
            self.init(credential: head.parameter("X-Amz-Credential") ?? "")
        }
    }

    /// - Parameter credential: `key/day/region/service/aws4_request`.
    private init(credential: String) {
        // Every request comes here: bytes are looked at once, and nothing is split off that is not kept.
        var credential = credential
        self = credential.withUTF8 { bytes in
            let end = bytes.count
            var (first, second, third) = (end, end, end)
            var count = 0
            for index in 0..<end where bytes[index] == UInt8(ascii: "/") {
                count += 1
                switch count {
                case 1: first = index
                case 2: second = index
                case 3: third = index
                default: break
                }
            }
            let key = bytes[..<first]
            let region = bytes[second..<third].dropFirst()
            return Caller(
                region: count != 4 || region.isEmpty ? nil : String(decoding: region, as: UTF8.self),
                accessKeyID: key.isEmpty ? nil : String(decoding: key, as: UTF8.self))
        }
    }
}
