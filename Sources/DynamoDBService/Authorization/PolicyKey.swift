internal import DynamoDBEngine
internal import NIOCore

/// A key that conditions compare.
///
/// Their names and kinds are those of AWS's Service Authorization Reference for DynamoDB, and of "AWS global condition
/// context keys". Those that would have no true value here are not known, so that a policy with them is refused.
enum PolicyKey: String, Sendable, Hashable, CaseIterable {
    case leadingKeys = "dynamodb:leadingkeys"
    case attributes = "dynamodb:attributes"
    case select = "dynamodb:select"
    case returnValues = "dynamodb:returnvalues"
    case returnConsumedCapacity = "dynamodb:returnconsumedcapacity"
    case enclosingOperation = "dynamodb:enclosingoperation"
    case fullTableScan = "dynamodb:fulltablescan"

    case userName = "aws:username"
    case principalARN = "aws:principalarn"
    case principalAccount = "aws:principalaccount"
    case principalType = "aws:principaltype"
    case requestedRegion = "aws:requestedregion"
    case sourceIP = "aws:sourceip"
    case secureTransport = "aws:securetransport"
    case currentTime = "aws:currenttime"
    case epochTime = "aws:epochtime"
    /// Never there: as on AWS for requests that an access key of long duration signed.
    case multiFactorAuthPresent = "aws:multifactorauthpresent"

    /// What its values are.
    enum Kind: Sendable {
        case text, truth, address, time, arn
    }

    /// The key of a name, which may be in any case.
    init?(_ name: String) {
        self.init(rawValue: name.lowercased())
    }

    var kind: Kind {
        switch self {
        case .fullTableScan, .secureTransport, .multiFactorAuthPresent: .truth
        case .sourceIP: .address
        case .currentTime, .epochTime: .time
        case .principalARN: .arn
        default: .text
        }
    }

    /// Whether it has several values, which need `ForAllValues:` or `ForAnyValue:`.
    var isMultivalued: Bool { self == .leadingKeys || self == .attributes }

    var canBeVariable: Bool {
        switch self {
        case .userName, .principalARN, .principalAccount, .principalType, .requestedRegion, .sourceIP: true
        default: false
        }
    }

    /// What has to be found out of a request for it.
    var detail: AccessDetail {
        switch self {
        case .leadingKeys: .leadingKeys
        case .attributes: .attributes
        default: []
        }
    }
}

/// What is known of a request beside what it does.
struct RequestContext: Sendable {
    let userName: String
    let region: String
    /// Where it came from.
    let address: SocketAddress?
    /// Whether it came through TLS.
    let isEncrypted: Bool
    /// Seconds since 1970.
    let time: Int

    static let account = "000000000000"
    var principalARN: String { "arn:aws:iam::\(Self.account):user/\(userName)" }

    /// Whether a text can be a name: 1 to 64 letters, digits and `_+=,.@-`, as of IAM's users.
    static func isUserName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "_+=,.@-".utf8.contains(byte)
            }
    }
}

/// One access of a request, for conditions to look at.
struct PolicyQuestion {
    let access: Access
    let context: RequestContext
    /// The region that tells tables apart; nil where none does.
    let region: String?

    /// What a key has; nil where it is missing.
    func values(of key: PolicyKey) -> Access.Values? {
        switch key {
        case .leadingKeys: access.leadingKeys
        case .attributes: access.attributes
        default: value(of: key).map { .listed([$0]) }
        }
    }

    /// The value of a key that has one.
    func value(of key: PolicyKey) -> String? {
        switch key {
        case .leadingKeys, .attributes, .multiFactorAuthPresent: nil
        case .select: access.select
        case .returnValues: access.returnValues
        case .returnConsumedCapacity: access.returnConsumedCapacity
        case .enclosingOperation: access.enclosingOperation
        case .fullTableScan: access.isFullTableScan.map { $0 ? "true" : "false" }
        case .userName: context.userName
        case .principalARN: context.principalARN
        case .principalAccount: RequestContext.account
        case .principalType: "User"
        case .requestedRegion: context.region
        case .sourceIP: context.address?.ipAddress
        case .secureTransport: context.isEncrypted ? "true" : "false"
        case .currentTime, .epochTime: String(context.time)
        }
    }
}
