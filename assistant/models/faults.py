"""Foreign exceptions of a model call → the desk's own. Heavy: import it where it is used."""

from __future__ import annotations

import email.utils
import time

import openai

from assistant.errors import ModelAnswer, ModelError, ModelUnavailable
from assistant.models.bounded import TooLarge
from assistant.models.http_faults import behind, of_connection, of_status, too_large, untrusted

# What LangChain and the openai client raise over a body that is no chat completion: named one by one, since
# each has been seen (no JSON, `choices` null or missing, a list where an object stands).
SHAPE = (ValueError, TypeError, KeyError, AttributeError, IndexError)
FOREIGN = (openai.OpenAIError, *SHAPE)
# 502 and 504 come from the gateway while a replica starts; a 500 is the server's own fault and comes again.
_AGAIN = frozenset({408, 429, 502, 503, 504})


def mapped(error: BaseException) -> ModelError:
    """The error to raise. It quotes neither the body (it may repeat the prompt or the key) nor the request."""
    if isinstance(error, openai.LengthFinishReasonError):
        return truncated()
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return ModelAnswer("The model's server withheld its answer (content filter).", fault="withheld")
    if isinstance(error, openai.APITimeoutError):
        return ModelUnavailable("The model did not answer in time.", fault="late")
    if isinstance(error, openai.APIStatusError):
        return of_status(error.status_code, str(error.body))
    if isinstance(error, openai.APIConnectionError):
        if _too_large(error):
            return too_large()
        return of_connection(error)
    if isinstance(error, SHAPE):
        what = f"The model's server answered, but with no chat completion ({type(error).__name__})."
        return ModelAnswer(what, fault="no_completion")
    return ModelUnavailable(f"The call of the model failed ({type(error).__name__}).")


def truncated() -> ModelAnswer:
    """The answer ran into its limit of tokens."""
    mend = "Raise COPYDESK_MODEL_MAX_TOKENS or ask for fewer variants."
    return ModelAnswer("The model's answer was cut off at its limit of tokens.", mend, fault="cut_off")


def passing(error: BaseException) -> bool:
    """Whether the same call may succeed in a moment: overload, a restart, a broken connection; no timeout."""
    if isinstance(error, openai.APIStatusError):
        return error.status_code in _AGAIN
    if isinstance(error, openai.APITimeoutError) or not isinstance(error, openai.APIConnectionError):
        return False
    return not (_too_large(error) or untrusted(error))


def _too_large(error: BaseException) -> bool:
    return any(isinstance(one, TooLarge) for one in behind(error))


def retry_after(error: BaseException) -> float:
    """Seconds that the server asks to wait, 0 where it says nothing; Retry-After as seconds or as a date."""
    if not isinstance(error, openai.APIStatusError):
        return 0.0
    said = error.response.headers.get("retry-after", "")
    try:
        return max(0.0, float(said))
    except ValueError:
        at = email.utils.parsedate_tz(said)
        return max(0.0, email.utils.mktime_tz(at) - time.time()) if at else 0.0
