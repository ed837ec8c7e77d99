"""What Twilio's error codes mean for a reply: again, never, or never more to this person.

https://www.twilio.com/docs/api/errors. ``Later`` where waiting or an operator helps, so that
nothing is lost meanwhile; ``Never`` where the same words cannot arrive; with ``tell`` where
somebody may wait for an answer that will not come. A ``?`` marks a meaning that we have
not read at Twilio but know from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.wire.outcomes import Later, Never, Outcome, Stopped

# The account and its limits, whatever the channel.
_ACCOUNT: Mapping[int, Outcome] = {
    10001: Later("account off"),  # suspended or closed; an operator must act
    14107: Later("too many requests"),  # the account's own sending limit
    20003: Later("credentials refused"),
    20005: Later("account off"),
    20006: Later("credentials refused"),
    20008: Later("test credentials"),
    20009: Later("not finished", seconds=60.0),  # a message on its way cannot be deleted yet
    20404: Later("account or sender unknown"),  # also an address of the wrong region
    20429: Later("too many requests"),  # not processed, and safe to repeat
    20500: Later("unavailable", unsure=True),
    20503: Later("unavailable", unsure=True),
    21730: Later("unavailable"),  # maintenance
    30002: Later("account off"),
    30029: Later("redaction is off"),  # after_delivery = "redact" without Message Redaction
    30030: Later("redaction is off"),
}

# Refused before it was taken: https://www.twilio.com/docs/messaging/api/message-resource
_REFUSED: Mapping[int, Outcome] = {
    21211: Never("not a number", tell=True),
    21212: Later("sender refused"),  # ours is not a number; an operator must act
    21265: Never("not a mobile number", tell=True),  # ? a short code
    21408: Never("region not permitted", tell=True),  # the account may not text this country
    21602: Never("no words"),
    21603: Later("sender refused"),
    21604: Never("not a number", tell=True),
    21606: Later("sender refused"),  # not ours, or it cannot text
    21607: Later("sender refused"),
    21608: Later("trial account"),  # it texts only numbers that it has verified
    21609: Later("callback refused"),  # the public address is wrong
    21610: Stopped("opted out"),  # the person said STOP to the carrier
    21611: Later("queue overflow"),  # this sender's queue is full
    21612: Never("not routable", tell=True),
    21614: Never("not a mobile number", tell=True),
    21617: Never("too long"),
    21619: Never("no words"),  # ? the newer form of 21602
    21635: Never("landline", tell=True),  # ?
    21655: Later("template refused"),  # ? no such template in this account
    21656: Later("template refused"),  # ? it wants variables, and ours has none
    21701: Later("sender refused"),  # ? there is no such Messaging Service
    21703: Later("sender refused"),  # ? the Messaging Service has no number
    21704: Later("sender refused"),  # ?
    21705: Later("sender refused"),  # the Messaging Service is not valid
    21910: Later("sender refused"),  # sender and receiver are of different channels
}

# Taken, and failed on its way: https://www.twilio.com/docs/api/errors#3-anchor
_UNDELIVERED: Mapping[int, Outcome] = {
    30001: Later("queue overflow"),
    30003: Later("handset off"),
    30004: Never("blocked"),  # often by the person; telling would be chasing them
    30005: Never("unknown number", tell=True),
    30006: Never("landline", tell=True),
    30007: Never("filtered", tell=True),  # taken for spam; saying it again makes it worse
    30008: Later("unknown"),
    30010: Never("price limit", tell=True),  # ?
    30017: Later("network busy"),  # ?
    30018: Never("number not registered", tell=True),  # ? the country wants a registered sender
    30019: Never("too long", tell=True),  # ? for this carrier
    30021: Later("unavailable"),
    30022: Later("too many requests"),  # ? the campaign's speed at a United States carrier
    30023: Later("daily limit"),  # ?
    30024: Never("number not registered", tell=True),  # ?
    30027: Later("daily limit"),  # ? T-Mobile's
    30032: Never("number not registered", tell=True),  # a toll-free number that is not verified
    30033: Never("number not registered", tell=True),  # ? the campaign is suspended
    30034: Never("number not registered", tell=True),  # no United States A2P registration
    30035: Never("number not registered", tell=True),  # ? the registration is not finished
    30036: Never("too late"),  # ? it waited at Twilio for longer than it may
    30039: Never("loop"),  # ? two machines answer each other
    30040: Never("number not registered", tell=True),  # ?
    30410: Later("network busy"),  # ? the carrier did not answer in time
    30450: Never("filtered", tell=True),  # ? taken for fraud
    30453: Never("filtered", tell=True),  # ?
    30500: Later("unavailable"),  # ?
}

# https://www.twilio.com/docs/whatsapp/api/error-code-mapping
_WHATSAPP: Mapping[int, Outcome] = {
    63001: Later("sender refused"),  # WhatsApp did not take our credentials
    63002: Later("sender refused"),  # ?
    63003: Never("not on whatsapp", tell=True),
    63005: Never("refused", tell=True),  # WhatsApp did not take the content
    63006: Never("refused", tell=True),  # ?
    63007: Later("sender refused"),  # our address is no WhatsApp sender of this account
    63008: Later("sender refused"),  # ? it is not set up completely
    63009: Later("channel error"),  # ?
    63010: Later("unavailable"),
    63012: Later("unavailable"),
    63013: Never("refused", tell=True),  # against WhatsApp's policy
    # Twilio asks us to send no more until they write again, which is what we do anyway: nothing
    # is sent unasked without consent. An opt-out would leave them unanswered when they do write.
    63014: Never("blocked"),
    63015: Never("not on whatsapp", tell=True),  # ? the sandbox does not know this person
    63016: Never("window closed", tell=True),  # more than a day since the person's last message
    63018: Later("too many requests"),
    63020: Later("account off"),  # Meta's business account, often a bill
    63021: Never("refused", tell=True),
    63022: Later("sender refused"),  # the certificate of our name has run out
    63023: Later("channel error"),
    63024: Never("not on whatsapp", tell=True),
    63025: Later("channel error"),
    63027: Never("template refused", tell=True),
    63028: Never("template refused", tell=True),  # it wants variables, and ours has none
    63029: Never("template refused", tell=True),
    63030: Never("refused", tell=True),
    63032: Never("whatsapp limits this person", tell=True),
    63033: Never("blocked"),  # no longer sent by Twilio; 63014 took its place
    63038: Later("daily limit"),  # ?
    63040: Never("template refused", tell=True),  # ? rejected by Meta
    63041: Never("template refused", tell=True),  # ? paused
    63042: Never("template refused", tell=True),  # ? switched off
    63049: Never("whatsapp limits this person", tell=True),  # ? held for marketing
    63051: Later("account off"),  # ? locked by Meta
}

ERRORS: Mapping[int, Outcome] = {**_ACCOUNT, **_REFUSED, **_UNDELIVERED, **_WHATSAPP}
