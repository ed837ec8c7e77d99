"""What the account owns and how it is set up, for ``waymark doctor`` to look at.

As set up by somebody who has read docs/twilio.md; ``carrier.holdings`` changes single fields,
under the name of the resource.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
https://www.twilio.com/docs/messaging/api/service-resource
https://www.twilio.com/docs/content/content-api-resources
https://www.twilio.com/docs/whatsapp/api/senders
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from simulator.account import SERVICE_SID, TEMPLATE_SID, TEMPLATE_WORDS, WHATSAPP_NUMBER, Account
from simulator.answers import not_found, refuse
from simulator.carrier import Carrier

Resource = dict[str, object]

#: Twilio's own place for answers that must be there when nothing of ours is.
FALLBACK = "https://handler.twilio.com/twiml/EH" + "0" * 32


def routes(account: Account, carrier: Carrier) -> APIRouter:
    """Reading only: nothing here can be changed from outside."""
    router = APIRouter()

    def show(request: Request, found: Resource | None) -> Response:
        refusal = refuse(account, carrier, request)
        return refusal or (not_found() if found is None else JSONResponse(found))

    def number() -> Resource:
        return {**_number(account), **carrier.holdings.get("number", {})}

    @router.get("/2010-04-01/Accounts/{account_sid}.json")
    async def whole(request: Request) -> Response:
        of_account = {"sid": account.sid, "status": "active", "type": "Full"}
        return show(request, {**of_account, **carrier.holdings.get("account", {})})

    @router.get("/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json")
    async def numbers(request: Request) -> Response:
        wanted = request.query_params.get("PhoneNumber", account.number)
        found = [number()] if wanted == number()["phone_number"] else []
        return show(request, {"incoming_phone_numbers": found, "next_page_uri": None})

    @router.get("/v1/Services/{sid}")
    async def service(sid: str, request: Request) -> Response:
        found = {**_service(account), **carrier.holdings.get("service", {})}
        return show(request, found if sid == SERVICE_SID else None)

    @router.get("/v1/Services/{sid}/PhoneNumbers")
    async def pool(sid: str, request: Request) -> Response:
        known = {"phone_number": number()["phone_number"]}
        found: Resource = {"phone_numbers": [known], "meta": {}}
        return show(request, found if sid == SERVICE_SID else None)

    @router.get("/v1/Tollfree/Verifications")
    async def verifications(request: Request) -> Response:
        found = {"status": "TWILIO_APPROVED", **carrier.holdings.get("verification", {})}
        return show(request, {"verifications": [found], "meta": {}})

    @router.get("/v1/Content/{sid}")
    async def content(sid: str, request: Request) -> Response:
        return show(request, _template() if sid == TEMPLATE_SID else None)

    @router.get("/v1/Content/{sid}/ApprovalRequests")
    async def approval(sid: str, request: Request) -> Response:
        found = {"status": "approved", **carrier.holdings.get("approval", {})}
        return show(request, {"sid": sid, "whatsapp": found} if sid == TEMPLATE_SID else None)

    @router.get("/v2/Channels/Senders")
    async def senders(request: Request) -> Response:
        found = {**_sender(account), **carrier.holdings.get("sender", {})}
        return show(request, {"senders": [found], "meta": {}})

    return router


def _number(account: Account) -> Resource:
    return {
        "sid": "PN" + "0" * 32,
        "phone_number": account.number,
        "capabilities": {"sms": True, "mms": True, "voice": True, "fax": False},
        "sms_application_sid": "",
        "sms_url": f"{account.gateway}/twilio/inbound",
        "sms_method": "POST",
        "sms_fallback_url": FALLBACK,
        "sms_fallback_method": "POST",
        "status_callback": "",
        "voice_url": "",
    }


def _service(account: Account) -> Resource:
    return {
        "sid": SERVICE_SID,
        "inbound_request_url": f"{account.gateway}/twilio/inbound",
        "inbound_method": "POST",
        "fallback_url": FALLBACK,
        "fallback_method": "POST",
        "status_callback": "",
        "sticky_sender": True,
        "smart_encoding": False,
        "use_inbound_webhook_on_number": False,
        "us_app_to_person_registered": True,
    }


def _template() -> Resource:
    return {"sid": TEMPLATE_SID, "types": {"twilio/text": {"body": TEMPLATE_WORDS}}}


def _sender(account: Account) -> Resource:
    webhook = {
        "callback_url": f"{account.gateway}/twilio/inbound",
        "callback_method": "POST",
        "fallback_url": FALLBACK,
        "fallback_method": "POST",
        "status_callback_url": "",
    }
    return {"sender_id": WHATSAPP_NUMBER, "status": "ONLINE", "webhook": webhook}
